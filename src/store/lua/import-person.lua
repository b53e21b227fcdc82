#!lua
-- Puts an exported person record in where there is none.
-- KEYS  1 person
-- ARGV  1 sealed record  2 lifetime left (ms)
-- Returns 1, or 0 when there is one.
--#include lib-person
if redis.call('HSETNX', KEYS[1], 'r', ARGV[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], 'l', '')
outlive(KEYS[1], ARGV[2])
return 1
