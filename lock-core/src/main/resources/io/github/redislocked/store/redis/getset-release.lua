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

-- Deletes come first: they are let through at full memory.
if owned then
	redis.call('DEL', KEYS[1])
end
if stored[1] == token then
	redis.call('HDEL', KEYS[2], 'token', 'value')
end
close(owned and 'released' or 'lost')
return owned and 'RELEASED' or 'NOT_OWNED'
