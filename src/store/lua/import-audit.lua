#!lua
-- Puts an exported entry of the audit trail in where it continues the chain, or begins it.
-- KEYS  1 list of the chain  2 head of the chain
-- ARGV  1 prefix of the partition  2 head that it continues  3 new head  4 entry
-- Returns 1, or 0 when it does not.
--#include lib-audit
local head = redis.call('GET', KEYS[2])
if head and head ~= ARGV[2] then return 0 end
redis.call('RPUSH', KEYS[1], ARGV[4])
redis.call('SET', KEYS[2], ARGV[3])
return 1
