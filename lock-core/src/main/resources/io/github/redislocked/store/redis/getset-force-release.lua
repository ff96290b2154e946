-- Takes the lock away from its owner, and closes the token as one that has lost it: its
-- renewal and its release are answered NOT_OWNED, and a late copy of its acquire is refused.
--
-- KEYS, ARGV  as in getset-common.lua, which precedes this part; the token is the owner's,
--             not the caller's
--
-- Result  "RELEASED"        also if it was the first time, and this is a repetition
--         "ALREADY_CLOSED"  it had been closed before, by its owner: nothing is done
--         "NOT_OWNED"       it does not own the lock: nothing is done

if sequence == closed and outcome == 'forced' then
	return 'RELEASED'
elseif sequence <= closed then
	return 'ALREADY_CLOSED'
elseif not owned then
	return 'NOT_OWNED'
end
redis.call('DEL', KEYS[1])
redis.call('HDEL', KEYS[2], 'token', 'value')
close('forced')
return 'RELEASED'
