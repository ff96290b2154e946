-- Says what there is of a lock, and changes nothing. It stands apart: nobody asks here who
-- has an owner token, so only inspect-common.lua precedes it. Whose turn it is, is decided as in getset-acquire.lua.
--
-- KEYS    as in getset-common.lua
-- Result  "<HELD or FREE> <milliseconds> <owner token> <last fencing token> <value>": how long
--         the lock lasts if it is held, -1 if it has no end, else 0; "-" if the holder has no
--         owner token, as a foreign client, "?" if what is noted cannot be one; 0 if there was
--         none; what the lock holds, nothing if there is none

local LATEST = 100000000000 -- as in getset-common.lua: more is no time in seconds
local LARGEST_FENCE = 9000000000000000

local time = redis.call('TIME')
local seconds, micros = tonumber(time[1]), tonumber(time[2])
local value = redis.call('GET', KEYS[1])
local stored = redis.call('HMGET', KEYS[2], 'token', 'value', 'fence')

local expiry = value and string.find(value, '^%-?%d+$') and tonumber(value)
if expiry and math.abs(expiry) >= LATEST then
	expiry = nil
end
local lease_end = bounded(stored[2], LATEST)
local leased = stored[1] and seconds < lease_end
local held = leased or (value and not expiry) or (expiry and expiry >= seconds)

local remaining, owner, time_to_live = 0, '-', nil
if held then
	if leased then
		remaining = lease_end - seconds
	elseif expiry then
		remaining = expiry + 1 - seconds
	else
		-- No time at all: it is there until its Redis key is gone.
		time_to_live = redis.call('PTTL', KEYS[1])
	end
	if leased or (stored[1] and stored[2] == value) then
		owner = word(stored[1])
	end
end
local millis = time_to_live or math.max(0, remaining * 1000 - math.floor(micros / 1000))
return string.format('%s %.0f %s %.0f', held and 'HELD' or 'FREE', millis, owner,
	bounded(stored[3], LARGEST_FENCE)) .. (value and ' ' .. value or '')
