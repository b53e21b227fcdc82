-- Lanes; included by commit.lua, claim.lua, settle.lua, revive.lua and import-talk.lua.
-- A lane is a list of rows, each `id NUL tries NUL notBefore NUL unclearSince NUL order NUL sealed body`, and while it is
-- claimed, its rate limit runs, or just after, a hash {k: token, u: claimed until, p: paceAt, a: last attempt to settle}. The index `due` holds the lanes by the
-- time of their first row, with a fraction that keeps the order of commits within a millisecond.
local LANE_KEPT_MS = 60000

local function row_time(row)
  local _, _, not_before, _, order = row:match('^(.-)%z(.-)%z(.-)%z(.-)%z(.-)%z')
  return tonumber(not_before), tonumber(order)
end

local function place_lane(due, conversation, at, order)
  redis.call('ZADD', due, string.format('%.17g', at + (order % 4096) / 4096), conversation)
end

local function index_lane(queue, due, conversation)
  local first = redis.call('LINDEX', queue, 0)
  if not first then
    redis.call('ZREM', due, conversation)
    return nil
  end
  local at, order = row_time(first)
  place_lane(due, conversation, at, order)
  return first, at
end

-- The token of a new claim and paceAt, or nil while another claim holds.
local function claim_lane(lane, token_counter, now, lease_ms)
  local state = redis.call('HMGET', lane, 'u', 'p')
  if state[1] and tonumber(state[1]) > now then return nil end
  local token = redis.call('INCR', token_counter)
  redis.call('HSET', lane, 'k', token, 'u', string.format('%.17g', now + lease_ms))
  redis.call('PEXPIRE', lane, lease_ms + LANE_KEPT_MS)
  return token, state[2] or '0'
end

-- Keeps a row as a dead letter; `base` is the partition's prefix, `ttl` its lifetime (ms). The person has to live as long.
local function file_dead(base, person, row, code, at, ttl)
  local id, order = row:match('^(.-)%z.-%z.-%z.-%z(.-)%z')
  redis.call('SET', base .. 'd:' .. id, code .. '\0' .. at .. '\0' .. row, 'PX', ttl)
  redis.call('ZADD', base .. 'dx', string.format('%.17g', tonumber(at) + (tonumber(order) % 4096) / 4096), id)
  redis.call('HSET', person, 'd' .. id, '', 'l', '')
end
