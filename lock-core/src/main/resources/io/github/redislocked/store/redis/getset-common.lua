-- What the scripts of the protocol "getset" share: the first part of each of them.
--
-- KEYS[1]  the lock: a string, the Unix time in whole seconds at which it expires
-- KEYS[2]  its companion: a hash, what a lock of this library has beyond that number
--            token             the owner token, while a token of ours owns the lock
--            value             what was last written to the lock for it: the end of its lease
--            fence             the last fencing token
--            closed:<process>  receipt: highest sequence number the process has closed,
--                              "released", "lost" or "forced", and when (Unix seconds)
-- ARGV[1]  process part of the owner token
-- ARGV[2]  its sequence number
-- ARGV[3]  how long fencing token and receipts are kept after use, in milliseconds
-- ARGV[4]  lease time asked for, in milliseconds (acquire and renew)
-- ARGV[5]  how long the caller still waits, in milliseconds; 0 if it does not (acquire)
--
-- Result, besides those that each script names: "FOREIGN companion" if KEYS[2] is no hash.
-- Nothing has been written then.
--
-- Whose turn it is. A client of the older algorithm compares the lock's value with its own
-- clock in whole seconds, and clients differ on whether a value equal to that clock is still
-- held. So both ends are cut on the safe side:
--   * Our lease ends when the clock reaches the value, for from then on the laxest of them
--     may take the lock. The value is the lease's end rounded up, so that the lease lasts at
--     least as long as it was asked for.
--   * We take a lock only in the second after its value, for the strictest of them still
--     believes to hold it while its clock shows the value.
-- The clock is the server's: ours agree among themselves whatever their machines show.
--
-- Who owns it. Older clients overwrite the value even when they come too late (GETSET, then
-- they see that somebody else was first). So a value that is not ours does not mean that the
-- lock is not: while our lease lasts none of ours can have taken it, and of the others only
-- such a latecomer should have moved the value. After our lease it may be somebody else's.

local LATEST = 100000000000 -- the year 5138; more is no time in seconds

local time = redis.call('TIME')
local seconds, micros = tonumber(time[1]), tonumber(time[2])
local token, sequence, retention = ARGV[1] .. ':' .. ARGV[2], tonumber(ARGV[2]), tonumber(ARGV[3])

local function is_wrong_type(answer)
	return type(answer) == 'table' and answer.err and string.find(answer.err, 'WRONGTYPE', 1, true)
end

local value = redis.pcall('GET', KEYS[1])
local foreign = is_wrong_type(value)
if type(value) == 'table' and not foreign then
	return value
end
local stored = redis.pcall('HMGET', KEYS[2], 'token', 'value', 'fence', 'closed:' .. ARGV[1])
if is_wrong_type(stored) then
	return 'FOREIGN companion'
elseif stored.err then
	return stored
end

-- When the lock expires; nil if there is none, or something that is no lock.
local expiry = nil
if value and not foreign then
	if string.find(value, '^%-?%d+$') and math.abs(tonumber(value)) < LATEST then
		expiry = tonumber(value)
	else
		foreign = true
	end
end

local lease_end = tonumber(stored[2] or 0)
local lasts = seconds < lease_end
local owned = stored[1] == token and expiry ~= nil and (value == stored[2] or lasts)

local closed, outcome = 0, nil
if stored[4] then
	local number, word = string.match(stored[4], '^(%d+) (%a+) ')
	closed, outcome = tonumber(number), word
end

-- The clock has been set back since the last fencing token. The companion is kept as long as
-- before then, or the token would be gone by the time when the clock is set right, and the
-- next one could be smaller.
local set_back = tonumber(stored[3] or 0) > seconds * 1000000 + micros

-- When a lease that is asked for now ends: never earlier than what is promised already.
local function wanted_end()
	local wanted = seconds + math.ceil((micros + tonumber(ARGV[4]) * 1000) / 1000000)
	if owned then
		wanted = math.max(wanted, expiry, lease_end)
	end
	return wanted
end

-- Gives the companion its time to live. Where the right to do that is missing, the script fails,
-- and a companion that it has just made must not stay for ever.
local function keep(millis)
	local text = string.format('%.0f', millis)
	if type(redis.pcall('PEXPIRE', KEYS[2], text)) == 'table' then
		if redis.call('PTTL', KEYS[2]) == -1 then
			redis.call('DEL', KEYS[2])
		end
		redis.call('PEXPIRE', KEYS[2], text)
	end
end

-- Makes the token the owner until the given time. The lock vanishes by itself a little later:
-- not before the strictest client of the older algorithm would let go of it. It is written
-- last, so that a user without the right to all commands leaves no lock that nobody owns.
local function write(target, fence)
	local text = string.format('%.0f', target)
	local kept = (target - seconds) * 1000 - math.floor(micros / 1000) + retention
	if set_back then
		kept = math.max(kept, redis.call('PTTL', KEYS[2]))
	end
	redis.call('HSET', KEYS[2], 'token', token, 'value', text, 'fence', fence)
	keep(kept)
	redis.call('SET', KEYS[1], text, 'PX', string.format('%.0f', (target - seconds + 2) * 1000))
end

-- Closes the token, by a receipt: from now on it can own nothing. The delete comes first: it
-- is let through at full memory, and what follows a write is, too.
local function close(word)
	local receipt = 'closed:' .. ARGV[1]
	redis.call('HDEL', KEYS[2], receipt)
	redis.call('HSET', KEYS[2], receipt, string.format('%.0f %s %.0f', sequence, word, seconds))
	local kept = retention
	if set_back or not owned then
		kept = math.max(kept, redis.call('PTTL', KEYS[2])) -- it may be another owner's
	end
	keep(kept)

	-- Processes come and go: now and then, when a new one leaves its first receipt, the old
	-- ones are dropped.
	if not stored[4] and redis.call('HLEN', KEYS[2]) > 35 then
		local fields = redis.call('HGETALL', KEYS[2])
		for i = 1, #fields, 2 do
			local written = string.match(fields[i + 1], '^%d+ %a+ (%d+)$')
			if string.find(fields[i], '^closed:') and written and (seconds - tonumber(written)) * 1000 > retention then
				redis.call('HDEL', KEYS[2], fields[i])
			end
		end
	end
end
