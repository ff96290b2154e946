-- Common beginning of the scripts of the protocol "queue": what they all are given, and
-- the one routine that decides who gets a free lock. The parts that follow define the
-- functions acquire, release, cancel and renew; a script ends with calls of them.
--
-- KEYS[1]  lock   string: owner token of the holder; its time to live is the lease
-- KEYS[2]  queue  sorted set: owner tokens of the waiters, by time of arrival
-- KEYS[3]  state  hash, kept for the retention after the last use:
--            last              last fencing token of this key, reserved ones included
--            wait:<token>      "<deadline> <expire> <reserve>" of a waiter, in microseconds
--                              of the server's clock, in milliseconds, and in tokens
--            closed:<process>  "<sequence> <outcome> <time>": the receipt for the highest
--                              sequence number the process has closed; outcome is
--                              RELEASED or LOST, time is in microseconds
-- ARGV[1]  owner token of the caller, label:random:sequence
-- ARGV[2]  retention of the state, in milliseconds
-- ARGV[3]  claim time, in milliseconds: how long a waiter has to make use of a hand-over
-- ARGV[4]  beginning of the wake-up channels' names; a process name follows it
-- ARGV[5]  1 if this server can count a channel's receivers (not in a cluster), else 0
--
-- Nothing is rolled back when a script fails: each one checks first, then deletes, then
-- writes, so that a full memory stops it before it has done anything by halves. Time is
-- the server's throughout.

local lock, queue, state = KEYS[1], KEYS[2], KEYS[3]
local token, retention, claim = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local process = string.match(token, '^(.*):%d+$')

local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]

-- All digits of a whole number: tostring would round it to 14.
local function digits(number)
  return string.format('%.0f', number)
end

-- Reads the last fencing token and the caller's receipt. A key of another type makes the
-- script fail here, before it has written anything.
local fields = redis.call('HMGET', state, 'last', 'closed:' .. process)
local last = tonumber(fields[1]) or 0

local function sequence_of(owner)
  return tonumber(string.match(owner, ':(%d+)$'))
end

-- What the receipt says of a token of the caller's process: RELEASED or LOST if it is
-- closed, else nil. A process closes its sequence numbers in order.
local highest, highest_outcome = string.match(fields[2] or '', '^(%d+) (%u+)')
highest = tonumber(highest) or 0

local function receipt(owner)
  local sequence = sequence_of(owner)
  if sequence < highest then
    return 'RELEASED'
  end
  return sequence == highest and highest_outcome or nil
end

-- Drops receipts of processes that have not used the key for the retention time, so that
-- a key that is always in use does not collect one of every process that ever was.
local function prune()
  local all = redis.call('HGETALL', state)
  for i = 1, #all, 2 do
    local time = string.match(all[i], '^closed:') and string.match(all[i + 1], '(%d+)$')
    if time and tonumber(time) < now - retention * 1000 then
      redis.call('HDEL', state, all[i])
    end
  end
end

-- Leaves the receipt: from now on the token can own nothing. Through pcall: after a
-- release has happened, a full memory must not turn its answer into an error.
local function close(owner, outcome)
  local sequence = sequence_of(owner)
  if sequence <= highest then
    return
  end
  highest, highest_outcome = sequence, outcome
  local field = 'closed:' .. process
  local added = redis.pcall('HSET', state, field, digits(sequence) .. ' ' .. outcome .. ' ' .. digits(now))
  if added == 1 and redis.call('HLEN', state) > 64 then
    prune()
  end
end

-- Leaves the receipt of a token that held the lock. The state lasts long enough already,
-- unless it had been evicted.
local function close_held(owner)
  close(owner, 'RELEASED')
  if last == 0 then
    redis.call('PEXPIRE', state, retention)
  end
end

local function lengthen(key, time)
  if redis.call('PTTL', key) < time then
    redis.call('PEXPIRE', key, time)
  end
end

-- Makes a token the owner, and returns its fencing token, which outgrows both the clock
-- and the last one. As many as its process asked for are kept free behind it: it gives them
-- to those of its own callers whom it passes the lock to without a script.
local function grant(owner, lease, reserve)
  local fence = math.max(now, last + 1)
  last = fence + reserve
  redis.call('SET', lock, owner, 'PX', lease)
  redis.call('HSET', state, 'last', digits(last))
  redis.call('PEXPIRE', state, lease + retention)
  return fence
end

local function forget(waiter)
  redis.call('ZREM', queue, waiter)
  redis.call('HDEL', state, 'wait:' .. waiter)
end

local function channel(waiter)
  return ARGV[4] .. string.match(waiter, '^(.*):%d+$')
end

-- Whether a wake-up would reach the waiter. Where that cannot be told, it is assumed.
local function reachable(waiter)
  if ARGV[5] ~= '1' then
    return true
  end
  local name = channel(waiter)
  local count = redis.pcall('PUBSUB', 'NUMSUB', name)
  return count.err ~= nil or tonumber(count[2]) > 0
end

-- Hands the lock to a waiter for the claim time, and tells it:
-- "<fencing token> <time> <claim> <owner token> <lock key>". The grant is the state; the
-- message, through pcall, is a hint.
local function hand_over(waiter, expire, reserve)
  local lease = math.min(claim, expire)
  forget(waiter)
  local fence = grant(waiter, lease, reserve)
  redis.pcall('PUBLISH', channel(waiter),
    digits(fence) .. ' ' .. digits(now) .. ' ' .. digits(lease) .. ' ' .. waiter .. ' ' .. lock)
end

-- Decides who gets the free lock: the first live waiter, else the caller, if it wants the
-- lock. Live is who has a deadline that has not passed. A waiter whom no wake-up would reach
-- keeps its place and is passed over, unless there is none who can be reached: then the head
-- gets the claim all the same, and finds it when it asks again. Returns the fencing token if
-- it is the caller.
local function assign(caller, expire, reserve)
  local index, head, head_expire, head_reserve = 0, nil, nil, nil
  while true do
    local waiter = redis.call('ZRANGE', queue, index, index)[1]
    if not waiter then
      break
    end
    local terms = redis.call('HGET', state, 'wait:' .. waiter)
    local deadline, waiter_expire, waiter_reserve = string.match(terms or '', '^(%d+) (%d+) (%d+)$')
    if not deadline or tonumber(deadline) < now then
      forget(waiter)
    elseif waiter == caller then
      forget(waiter)
      return grant(caller, expire, reserve)
    elseif reachable(waiter) then
      return hand_over(waiter, tonumber(waiter_expire), tonumber(waiter_reserve))
    else
      if not head then
        head, head_expire, head_reserve = waiter, tonumber(waiter_expire), tonumber(waiter_reserve)
      end
      index = index + 1
    end
  end
  if head then
    return hand_over(head, head_expire, head_reserve)
  end
  return caller and grant(caller, expire, reserve)
end
