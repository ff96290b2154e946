-- Says what there is of a lock, and changes nothing. It stands apart: nobody asks here who
-- has an owner token, so only inspect-common.lua precedes it.
--
-- KEYS     as in queue-head.lua
-- ARGV[1]  how many waiters are listed at most
-- Result   a line "<time> <time to live> <last fencing token> <number of waiters> <holder>":
--          the server's clock in microseconds; milliseconds, or -1 or -2 as PTTL has it; 0 if
--          there is none; the holder's owner token, "-" if there is no lock, "?" if what the
--          lock holds cannot be an owner token. Then a line for each waiter in its order,
--          "<owner token> <time of arrival> <deadline>", the owner token "?" if it cannot be
--          one, the times 0 if they are unknown

local LATEST = 9000000000000000 -- more is no time in microseconds

local function micros(text)
  return string.format('%.0f', bounded(text, LATEST))
end

local clock = redis.call('TIME')
local holder = redis.call('GET', KEYS[1])
local last = redis.call('HGET', KEYS[3], 'last')
local lines = { string.format('%.0f %.0f %s %.0f %s', clock[1] * 1000000 + clock[2],
  redis.call('PTTL', KEYS[1]), micros(last), redis.call('ZCARD', KEYS[2]),
  holder and word(holder) or '-') }

local waiters = redis.call('ZRANGE', KEYS[2], 0, ARGV[1] - 1, 'WITHSCORES')
for i = 1, #waiters, 2 do
  local terms = redis.call('HGET', KEYS[3], 'wait:' .. waiters[i])
  local deadline = string.match(terms or '', '^(%d+) ')
  lines[#lines + 1] = word(waiters[i]) .. ' ' .. micros(waiters[i + 1]) .. ' ' .. micros(deadline)
end
return table.concat(lines, '\n')
