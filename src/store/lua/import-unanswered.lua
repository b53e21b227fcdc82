#!lua
-- Puts an exported question that nobody answered in where there is none of its id.
-- KEYS  1 index of the partition
-- ARGV  1 prefix of the partition  2 id  3 day  4 sealed  5 lifetime left (ms)  6 how many are kept
-- Returns 1, or 0 when there is one.
--#include lib-unanswered
return keep_unanswered(ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], tonumber(ARGV[6])) and 1 or 0
