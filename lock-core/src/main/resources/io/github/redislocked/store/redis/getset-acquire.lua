-- Takes the lock if it is free, and answers again as before if the token owns it. One that
-- comes too late leaves the lock alone, so it never moves the winner's expiry.
--
-- KEYS, ARGV  as in getset-common.lua, which precedes this part
--
-- Result  "GRANTED <fencing token> <lease in milliseconds>"
--         "HELD <ask again after, in milliseconds> <owner token, or - if the holder is foreign>"
--                         a token that does not wait is closed by this answer
--         "CLOSED"        the token was closed before
--         "FOREIGN lock"  KEYS[1] holds something that is no lock

if sequence <= closed then
	return 'CLOSED'
end
if foreign then
	return 'FOREIGN lock'
end

-- A lease of ours counts even if a foreign client has deleted the lock or set it to an earlier
-- time: foreign clients cannot make two of ours hold it at once.
local leased = stored[1] and stored[1] ~= token and lasts

local fence
if owned then
	fence = stored[3]
elseif not leased and (expiry == nil or expiry < seconds) then
	-- The clock lets it grow even when the companion was lost, the last one even when the
	-- clock stepped back. Below 2^53 a Lua number is exact, but tostring() would round it.
	fence = string.format('%.0f', math.max(seconds * 1000000 + micros, tonumber(stored[3] or 0) + 1))
else
	local free = math.max(expiry and expiry + 1 or 0, leased and lease_end or 0)
	local remaining = (free - seconds) * 1000 - math.floor(micros / 1000)
	local holder = '-'
	if leased or (stored[1] and stored[1] ~= token and stored[2] == value) then
		holder = stored[1]
	end
	if ARGV[5] == '0' then
		-- Nobody cancels an attempt that does not wait, and a copy of it may come late.
		close('released')
	end
	return string.format('HELD %.0f %s', math.min(remaining, 100), holder)
end

local target = wanted_end()
write(target, fence)
return string.format('GRANTED %s %.0f', fence, (target - seconds) * 1000 - math.ceil(micros / 1000))
