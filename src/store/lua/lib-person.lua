-- Lifetimes of people; included by import-talk.lua, import-filed.lua and import-person.lua.
-- What is kept of a person is found by the person's key, so that lives at least as long: `ttl` (ms) from now.
local function outlive(person, ttl)
  if redis.call('PTTL', person) < tonumber(ttl) then redis.call('PEXPIRE', person, ttl) end
end
