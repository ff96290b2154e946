-- The beginning of every script of the protocol "queue": what they are given, and what the
-- shortest of them need. queue-common.lua follows, after the ordinary case of acquire or
-- release, which needs no more than this: a third of the time.
--
-- KEYS[1]  lock   string: owner token of the holder; its time to live is the lease
-- KEYS[2]  queue  sorted set: owner tokens of the waiters, by time of arrival
-- KEYS[3]  state  hash, kept for the retention after the last use:
--            last              last fencing token of this key, reserved ones included
--            wait:<token>      "<deadline> <expire> <reserve>" of a waiter, in microseconds
--                              of the server's clock, in milliseconds, and in tokens
--            closed:<process>  "<sequence> <outcome> <time>": the receipt for the highest
--                              sequence number the process has closed; outcome is
--                              RELEASED, LOST, or FORCED by an operator; time is in
--                              microseconds
-- ARGV[1]  process part of the caller's owner token, label:random
-- ARGV[2]  its sequence number
-- ARGV[3]  retention of the state, in milliseconds
-- ARGV[4]  claim time, in milliseconds: how long a waiter has to make use of a hand-over
-- ARGV[5]  beginning of the wake-up channels' names; a process name follows it
-- ARGV[6]  1 if this server can count a channel's receivers (not in a cluster), else 0
--
-- Nothing is rolled back when a script fails: each one checks first, then deletes, then
-- writes, so that a full memory stops it before it has done anything by halves. Time is
-- the server's throughout.

local lock, queue, state = KEYS[1], KEYS[2], KEYS[3]
local process, sequence, retention = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local token = process .. ':' .. ARGV[2]
local closed_field = 'closed:' .. process

-- Reads the last fencing token, the caller's receipt, and its terms if it waits. A process
-- closes its sequence numbers in order, so one receipt speaks for all before it. A key of
-- another type makes the script fail here, before it has written anything.
local fields = redis.call('HMGET', state, 'last', closed_field, 'wait:' .. token)
local last, highest, highest_outcome = tonumber(fields[1]) or 0, 0, nil
if fields[2] then
  highest, highest_outcome = string.match(fields[2], '^(%d+) (%u+)')
  highest = tonumber(highest)
end
local waits = fields[3]

-- All digits of a whole number: tostring would round it to 14.
local function digits(number)
  return string.format('%.0f', number)
end

local time = nil

local function now()
  if not time then
    local clock = redis.call('TIME')
    time = clock[1] * 1000000 + clock[2]
  end
  return time
end

-- Gives a key its time to live. Where the right to do that is missing, the script fails, and a
-- key that it has just made must not stay for ever.
local function keep(key, span)
  if type(redis.pcall('PEXPIRE', key, span)) == 'table' then
    if redis.call('PTTL', key) == -1 then
      redis.call('DEL', key)
    end
    redis.call('PEXPIRE', key, span)
  end
end

-- Makes the new owner's fencing token, which outgrows both the clock and the last one. As
-- many as its process asked for are kept free behind it: it gives them to those of its own
-- callers whom it passes the lock to without a script.
local function fence(lease, reserve)
  local number, kept = math.max(now(), last + 1), lease + retention
  if number > now() then
    -- The clock may have been set back. Kept as long as before, or the number would be gone by
    -- the time when the clock is set right, and the next one could be smaller.
    kept = math.max(kept, redis.call('PTTL', state))
  end
  last = number + reserve
  redis.call('HSET', state, 'last', digits(last))
  keep(state, kept)
  return number
end
