#!lua
-- Takes a bundle away that is not the active one.
-- KEYS  1 bundle  2 active
-- ARGV  1 hash of the bundle
-- Returns 1, or 0 when it is active or was not there.
if redis.call('GET', KEYS[2]) == ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
