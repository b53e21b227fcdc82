#!lua
-- Writes one turn, or nothing of it.
-- KEYS  1 conversation  2 queue  3 lane  4 person  5 seen-mark  6 due index  7 timer index  8 number  9 counters
--       10 tombstone; only looked at with sentAt, or to forget
-- ARGV  1 conversation id  2 expected version, or 'beside' (the conversation stays as it is)  3 attempt  4 now  5 sentAt or ''  6 snapshot or '' (ends it)
--       7 lifetime of the conversation (ms)  8 lease (ms) or ''  9 prefix of the partition  10 person record or ''
--       11 1 to forget the person  12 time of the tombstone  13 its sealed value
--       14 lifetimes (ms): seen, idle, person, case, dead, tombstone, each an argument (14-19)
--       20 number of rows, then id, sealed body each; number of timers, then hidden name, dueAt, sealed each, or to
--       cancel it hidden name, '', and '' or when it is due, if only that one is meant;
--       number of counts, then name, by each; number of cases, then number, openedAt, sealed each;
--       number of quarantine entries, then id, at, sealed each; number of limited things, then name and
--       `max:windowMs ...` each; number of unanswered questions, then id, day, sealed, lifetime (ms) each; how many are kept;
--       number of entries of the audit trail, then each; lifetime of one (ms), head of the chain
--       as it is thought to be ('' for none), new head; '' or the code with which all rows that wait become dead
--       letters, and all timers go, before those of this commit
-- Returns {'ok', version, token or '', paceAt, first row or '' for the first of this commit, timer's number}
--       | {'duplicate'} | {'conflict', version, snapshot, person record} | {'refused', reason}
--       | {'audit', head}: the chain has another head; nothing is written
--       The same attempt a second time (sent again after a lost answer) returns the first one's `ok`.
--#include lib-forget
--#include lib-unanswered
--#include lib-lane
--#include lib-audit
local conversation, attempt, now = ARGV[1], ARGV[3], tonumber(ARGV[4])
local base = ARGV[9]
local seen_ttl, idle_ttl, person_ttl = ARGV[14], ARGV[15], ARGV[16]
local case_ttl, dead_ttl, tombstone_ttl = ARGV[17], ARGV[18], ARGV[19]

local mark = redis.call('GET', KEYS[5])
if mark then
  local by, version, token = mark:match('^(.-):(.-):(.*)$')
  if by ~= attempt then return { 'duplicate' } end
  local held = token ~= '' and redis.call('HGET', KEYS[3], 'k') == token
  local first = held and redis.call('LINDEX', KEYS[2], 0)
  if not first then return { 'ok', version, '', '0', '' } end
  return { 'ok', version, token, redis.call('HGET', KEYS[3], 'p') or '0', first }
end
if ARGV[5] ~= '' then
  local stone = redis.call('GET', KEYS[10])
  if stone and tonumber(ARGV[5]) < tonumber(stone:match('^(.-)|')) then return { 'duplicate' } end
end
local stored = redis.call('HGET', KEYS[1], 'v') or '0'
local beside = ARGV[2] == 'beside'
if not beside and stored ~= ARGV[2] then
  return { 'conflict', stored, redis.call('HGET', KEYS[1], 's') or '', redis.call('HGET', KEYS[4], 'r') or '' }
end

local at = 20
local function take(width)
  local count = tonumber(ARGV[at])
  local items = {}
  for index = 1, count do
    local item = {}
    for field = 1, width do item[field] = ARGV[at + (index - 1) * width + field] end
    items[index] = item
  end
  at = at + 1 + count * width
  return items
end
local rows, timers, counts, cases, quarantine, limits = take(2), take(3), take(2), take(3), take(3), take(2)
local unanswered = take(4)
local unanswered_kept = tonumber(ARGV[at])
at = at + 1
local notes = take(1)
local audit_ttl, known_head, next_head, silence = ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3]

local numbers = {}
for _, case in ipairs(cases) do
  if numbers[case[1]] or redis.call('EXISTS', base .. 'k:' .. case[1]) == 1 then
    return { 'refused', 'case-exists' }
  end
  numbers[case[1]] = true
end
local taken = {}
for _, limit in ipairs(limits) do
  local stored = taken[limit[1]] or redis.call('HGET', KEYS[4], 'u' .. limit[1]) or ''
  local times, kept, longest = {}, {}, 0
  for time in stored:gmatch('%d+') do times[#times + 1] = tonumber(time) end
  for max, window in limit[2]:gmatch('(%d+):(%d+)') do
    local count = 0
    for _, time in ipairs(times) do if time > now - tonumber(window) then count = count + 1 end end
    if count >= tonumber(max) then return { 'refused', 'limit-reached' } end
    longest = math.max(longest, tonumber(window))
  end
  for _, time in ipairs(times) do
    if time > now - longest then kept[#kept + 1] = string.format('%d', time) end
  end
  kept[#kept + 1] = ARGV[4]
  taken[limit[1]] = table.concat(kept, ' ')
end

if #notes > 0 then
  local head = redis.call('GET', base .. 'ah') or ''
  if head ~= known_head then return { 'audit', head } end
end

local number = redis.call('INCR', KEYS[8])
local forgets = ARGV[11] == '1'
if forgets then forget_person(base, KEYS[4], KEYS[10], ARGV[12], ARGV[13], tombstone_ttl) end
local ends = not beside and (ARGV[6] == '' or forgets)
local function drop_timer(hidden)
  local member = conversation .. '\0' .. hidden
  redis.call('HDEL', KEYS[1], 't' .. hidden)
  redis.call('ZREM', KEYS[7], member)
  redis.call('ZREM', base .. 'th', member)
end
local function drop_timers()
  for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
    if field:sub(1, 1) == 't' then drop_timer(field:sub(2)) end
  end
end
if silence ~= '' then
  drop_timers()
  for _, row in ipairs(redis.call('LRANGE', KEYS[2], 0, -1)) do
    file_dead(base, KEYS[4], row, silence, ARGV[4], dead_ttl)
  end
  redis.call('DEL', KEYS[2])
  redis.call('ZREM', KEYS[6], conversation)
end
if ends then
  if stored ~= '0' then
    drop_timers()
    redis.call('DEL', KEYS[1])
  end
else
  if not beside then redis.call('HSET', KEYS[1], 'v', number, 's', ARGV[6]) end
  for index, timer in ipairs(timers) do
    local only = timer[2] == '' and timer[3] ~= '' and tonumber(timer[3])
    local due = only and redis.call('ZSCORE', KEYS[7], conversation .. '\0' .. timer[1])
    if not only or (due and math.floor(tonumber(due)) == only) then drop_timer(timer[1]) end
    if timer[2] ~= '' then
      redis.call('HSET', KEYS[1], 't' .. timer[1], timer[3])
      local score = string.format('%.17g', tonumber(timer[2]) + ((number + index) % 4096) / 4096)
      redis.call('ZADD', KEYS[7], score, conversation .. '\0' .. timer[1])
    end
  end
  if not beside then redis.call('PEXPIRE', KEYS[1], ARGV[7]) end
end

local own = false
for index, row in ipairs(rows) do
  local length = redis.call('RPUSH', KEYS[2], table.concat({ row[1], '0', ARGV[4], '', number, row[2] }, '\0'))
  own = own or (index == 1 and length == 1)
end
if #rows > 0 then
  redis.call('PEXPIRE', KEYS[2], idle_ttl)
  if own then place_lane(KEYS[6], conversation, now, number) end
end
for _, count in ipairs(counts) do redis.call('HINCRBY', KEYS[9], count[1], count[2]) end

if #notes > 0 then
  for index, note in ipairs(notes) do notes[index] = note[1] end
  extend_audit(base, notes, next_head, now, audit_ttl)
end

local keeps = false
local function file(kind, id, time, value, ttl)
  redis.call('SET', base .. kind .. ':' .. id, value, 'PX', ttl)
  redis.call('ZADD', base .. kind .. 'x', string.format('%.17g', tonumber(time) + (number % 4096) / 4096), id)
  redis.call('HSET', KEYS[4], kind .. id, '')
  keeps = true
end
if not forgets then
  for name, times in pairs(taken) do redis.call('HSET', KEYS[4], 'u' .. name, times) end
  for _, case in ipairs(cases) do file('k', case[1], case[2], case[3], case_ttl) end
  for _, entry in ipairs(quarantine) do file('f', entry[1], entry[2], entry[3], dead_ttl) end
  for _, entry in ipairs(unanswered) do
    keep_unanswered(base, entry[1], entry[2], entry[3], entry[4], unanswered_kept)
  end
  if ARGV[10] ~= '' then
    redis.call('HSET', KEYS[4], 'r', ARGV[10])
    keeps = true
  end
end
if not ends or #rows > 0 then redis.call('HSET', KEYS[4], 'c' .. conversation, '') end
if keeps then redis.call('HSET', KEYS[4], 'l', '') end
local lives_long = keeps or redis.call('HEXISTS', KEYS[4], 'l') == 1
redis.call('PEXPIRE', KEYS[4], lives_long and person_ttl or idle_ttl)

local token, pace, first = '', '0', ''
if ARGV[8] ~= '' then
  local head = not own and redis.call('LINDEX', KEYS[2], 0)
  if own or (head and row_time(head) <= now) then
    local claimed, kept = claim_lane(KEYS[3], KEYS[8], now, tonumber(ARGV[8]))
    if claimed then
      token, pace = tostring(claimed), kept
      if head then first = head end
    end
  end
end
local version = beside and stored or ends and '0' or tostring(number)
redis.call('SET', KEYS[5], attempt .. ':' .. version .. ':' .. token, 'PX', seen_ttl)
return { 'ok', version, token, pace, first }
