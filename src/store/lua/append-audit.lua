#!lua
-- Notes something in the audit trail that is no part of a turn.
-- KEYS  1 list of the chain  2 head of the chain
-- ARGV  1 prefix of the partition  2 now  3 lifetime (ms)  4 head as it is thought to be, '' for none  5 new head  6 … entries
-- Returns '' when it is noted, else the head as it is; the same a second time is noted once.
--#include lib-audit
local head = redis.call('GET', KEYS[2]) or ''
if head == ARGV[5] then return '' end
if head ~= ARGV[4] then return head end
extend_audit(ARGV[1], { unpack(ARGV, 6) }, ARGV[5], tonumber(ARGV[2]), ARGV[3])
return ''
