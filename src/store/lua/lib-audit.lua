-- The audit trail of a partition; included by commit.lua, append-audit.lua and import-audit.lua.
-- Its chain is the list `{p}:a`, the oldest first, each entry `seq NUL at NUL sealed entry`; `{p}:ah` is `seq NUL link` of the last one.
local function audit_time(packed) return tonumber(packed:match('^.-%z(.-)%z')) end

-- Puts entries behind the chain, and takes away the oldest past their lifetime (ms) but for the last of them.
local function extend_audit(base, entries, head, now, ttl)
  local list = base .. 'a'
  for _, entry in ipairs(entries) do redis.call('RPUSH', list, entry) end
  redis.call('SET', base .. 'ah', head)
  local through = now - tonumber(ttl)
  while true do
    local oldest = redis.call('LRANGE', list, 0, 1)
    if #oldest < 2 or (audit_time(oldest[2]) or math.huge) > through then return end
    redis.call('LPOP', list)
  end
end
