-- Tells what has happened, with the figures of this moment.
-- KEYS[1] events, KEYS[2] shelf; ARGV[1] what, as JSON, ARGV[2] channel
local names = { 'stock', 'sold', 'sentAway', 'refused' }
local figures = redis.call('HMGET', KEYS[2], unpack(names))
local fields = { 'event', ARGV[1] }
for i, name in ipairs(names) do
	fields[#fields + 1] = name
	fields[#fields + 1] = figures[i] or '0'
end
local id = redis.call('XADD', KEYS[1], 'MAXLEN', '~', '5000', '*', unpack(fields))
redis.call('EXPIRE', KEYS[1], 3600)
redis.call('PUBLISH', ARGV[2], id)
return id
