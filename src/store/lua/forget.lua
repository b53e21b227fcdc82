#!lua flags=allow-oom
-- Deletes everything of a person and leaves a tombstone.
-- KEYS  1 person  2 tombstone
-- ARGV  1 prefix of the partition  2 at  3 sealed value of the tombstone  4 its lifetime (ms)
-- Returns how many keys went.
--#include lib-forget
return forget_person(ARGV[1], KEYS[1], KEYS[2], ARGV[2], ARGV[3], ARGV[4])
