-- Makes the lease last at least the given time from now, never shorter than before; repairs
-- a value that a latecomer has moved.
--
-- KEYS, ARGV  as in getset-common.lua, which precedes this part
--
-- Result  "RENEWED"
--         "NOT_OWNED"  the lease is over, or the lock is gone: anybody may have had it since

if not owned or not lasts then
	return 'NOT_OWNED'
end

-- At full memory Redis refuses a script's first write if it needs memory, and lets the rest
-- pass once something was written: this comes first so that a held lock can be kept then.
local target = wanted_end()
redis.call('PEXPIREAT', KEYS[1], string.format('%.0f', (target + 2) * 1000))
write(target, stored[3])
return 'RENEWED'
