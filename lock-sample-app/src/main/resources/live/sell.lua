-- Writes a sale, unless the shelf was written since it was read, or under a later lease.
-- KEYS[1] shelf; ARGV[1] what is left, ARGV[2] fence as it was read, ARGV[3] fencing token
local fence = redis.call('HGET', KEYS[1], 'fence') or '0'
if fence ~= ARGV[2] or tonumber(fence) > tonumber(ARGV[3]) then
	redis.call('HINCRBY', KEYS[1], 'refused', 1)
	return 0
end
redis.call('HSET', KEYS[1], 'stock', ARGV[1], 'fence', ARGV[3])
redis.call('HINCRBY', KEYS[1], 'sold', 1)
return 1
