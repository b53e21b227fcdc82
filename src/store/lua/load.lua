#!lua flags=no-writes
-- Reads a conversation and its person.
-- KEYS  1 conversation  2 person
-- ARGV  none
-- Returns {version, snapshot, person record}; '' for what is absent.
local found = redis.call('HMGET', KEYS[1], 'v', 's')
local record = redis.call('HGET', KEYS[2], 'r')
return { found[1] or '', found[2] or '', record or '' }
