#!lua flags=allow-oom
-- Settles the first row of a lane, and goes on with the next under the same claim.
-- KEYS  1 queue  2 lane  3 due index  4 person
-- ARGV  1 conversation id  2 row id  3 outcome (sent, later, held, dead)  4 token or ''  5 paceAt  6 now  7 lease (ms)
--       8 notBefore (later, held)  9 unclearSince or ''  10 code (dead)  11 at (dead)  12 prefix of the partition
--       13 lifetime of a dead letter (ms)  14 lifetime of a person (ms)  15 lifetime of a queue (ms)
--       16 attempt
-- Returns {'settled', next row or ''} | {'lost'}. The same attempt a second time (sent again after a lost answer)
-- returns what the first one did.
--#include lib-lane
-- A broken connection is mended and its commands are sent again within this.
local ATTEMPT_KEPT_MS = 15000
local conversation, id, outcome, token = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local row = redis.call('LINDEX', KEYS[1], 0)
if token ~= '' then
  local state = redis.call('HMGET', KEYS[2], 'k', 'a')
  if state[2] == ARGV[16] then return { 'settled', state[1] == token and row or '' } end
  if state[1] ~= token then return { 'lost' } end
end
if row then
  local known, tries, not_before, unclear, order, body = row:match('^(.-)%z(.-)%z(.-)%z(.-)%z(.-)%z(.*)$')
  if known == id then
    if outcome == 'later' then
      local tried = { id, tostring(tonumber(tries) + 1), ARGV[8], ARGV[9], order, body }
      redis.call('LSET', KEYS[1], 0, table.concat(tried, '\0'))
    elseif outcome == 'held' then
      redis.call('LSET', KEYS[1], 0, table.concat({ id, tries, ARGV[8], unclear, order, body }, '\0'))
    else
      redis.call('LPOP', KEYS[1])
      if outcome == 'dead' then
        file_dead(ARGV[12], KEYS[4], row, ARGV[10], ARGV[11], ARGV[13])
        redis.call('PEXPIRE', KEYS[4], ARGV[14])
      end
    end
    if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[15]) end
  end
end
local next_row, at = index_lane(KEYS[1], KEYS[3], conversation)
if token == '' then return { 'settled', '' } end
local now = tonumber(ARGV[6])
local goes_on = next_row and at <= now and outcome ~= 'later' and outcome ~= 'held'
if goes_on then
  redis.call('HSET', KEYS[2], 'u', string.format('%.17g', now + tonumber(ARGV[7])), 'p', ARGV[5], 'a', ARGV[16])
  redis.call('PEXPIRE', KEYS[2], tonumber(ARGV[7]) + LANE_KEPT_MS)
  return { 'settled', next_row }
end
-- The claim is over; what is left says how the lane's limit stands and what this attempt did.
redis.call('HDEL', KEYS[2], 'k')
redis.call('HSET', KEYS[2], 'u', '0', 'p', ARGV[5], 'a', ARGV[16])
redis.call('PEXPIRE', KEYS[2], math.ceil(math.max(0, tonumber(ARGV[5]) - now)) + ATTEMPT_KEPT_MS)
return { 'settled', '' }
