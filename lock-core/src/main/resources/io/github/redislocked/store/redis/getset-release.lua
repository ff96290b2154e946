-- Gives the lock up if the token owns it, and closes the token in any case: release and
-- cancel.
--
-- KEYS, ARGV  as in getset-common.lua, which precedes this part
--
-- Result  "RELEASED"
--         "ALREADY_CLOSED"  this is a repetition
--         "NOT_OWNED"       the token did not own the lock (nor did it the first time); the
--                           lock was left alone

if sequence < closed or (sequence == closed and outcome == 'released') then
	return 'ALREADY_CLOSED'
elseif sequence == closed then
	return 'NOT_OWNED'
end

local receipt = 'closed:' .. ARGV[1]

-- Deletes come first: they are let through at full memory, and what follows a write is, too.
if owned then
	redis.call('DEL', KEYS[1])
end
if stored[1] == token then
	redis.call('HDEL', KEYS[2], 'token', 'value')
end
redis.call('HDEL', KEYS[2], receipt)

redis.call('HSET', KEYS[2], receipt,
	string.format('%.0f %s %.0f', sequence, owned and 'released' or 'lost', seconds))
local keep = retention
if not owned then
	keep = math.max(keep, redis.call('PTTL', KEYS[2])) -- it may be another owner's
end
redis.call('PEXPIRE', KEYS[2], string.format('%.0f', keep))

-- Processes come and go: now and then, when a new one leaves its first receipt, the old ones
-- are dropped.
if not stored[4] and redis.call('HLEN', KEYS[2]) > 35 then
	local fields = redis.call('HGETALL', KEYS[2])
	for i = 1, #fields, 2 do
		local written = string.match(fields[i + 1], '^%d+ %a+ (%d+)$')
		if string.find(fields[i], '^closed:') and written and (seconds - tonumber(written)) * 1000 > retention then
			redis.call('HDEL', KEYS[2], fields[i])
		end
	end
end
return owned and 'RELEASED' or 'NOT_OWNED'
