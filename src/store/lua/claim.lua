#!lua flags=allow-oom
-- Claims a lane whose first row is due.
-- KEYS  1 queue  2 lane  3 due index  4 number
-- ARGV  1 conversation id  2 now  3 lease (ms)
-- Returns {token, paceAt, first row}, or {} while another holds it or nothing is due.
--#include lib-lane
local first, at = index_lane(KEYS[1], KEYS[3], ARGV[1])
if not first or at > tonumber(ARGV[2]) then return {} end
local token, pace = claim_lane(KEYS[2], KEYS[4], tonumber(ARGV[2]), tonumber(ARGV[3]))
if not token then return {} end
return { tostring(token), pace, first }
