-- Common beginning of the scripts of the protocol "queue": what they all are given, and
-- the one routine that decides who gets a free lock.
--
-- KEYS[1]  lock   string: owner token of the holder; its time to live is the lease
-- KEYS[2]  queue  sorted set: owner tokens of the waiters, by time of arrival
-- KEYS[3]  state  hash, kept for the retention after the last use:
--            last              last fencing token of this key
--            wait:<token>      "<deadline> <expire>" of a waiter, in microseconds of the
--                              server's clock and in milliseconds
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
local process, sequence = string.match(token, '^(.*):(%d+)$')
sequence = tonumber(sequence)

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

-- What the receipt says of the caller's token: RELEASED or LOST if it is closed, else nil.
-- A process closes its sequence numbers in order.
local highest, highest_outcome = string.match(fields[2] or '', '^(%d+) (%u+)')
highest = tonumber(highest) or 0

local function receipt()
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
local function close(outcome)
  if sequence <= highest then
    return
  end
  local field = 'closed:' .. process
  local added = redis.pcall('HSET', state, field, digits(sequence) .. ' ' .. outcome .. ' ' .. digits(now))
  if added == 1 and redis.call('HLEN', state) > 64 then
    prune()
  end
end

local function lengthen(key, time)
  if redis.call('PTTL', key) < time then
    redis.call('PEXPIRE', key, time)
  end
end

-- Makes a token the owner. The fencing token outgrows both the clock and the last one.
local function grant(owner, lease)
  last = math.max(now, last + 1)
  redis.call('SET', lock, owner, 'PX', lease)
  redis.call('HSET', state, 'last', digits(last))
  redis.call('PEXPIRE', state, lease + retention)
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
local function hand_over(waiter, expire)
  local lease = math.min(claim, expire)
  forget(waiter)
  grant(waiter, lease)
  redis.pcall('PUBLISH', channel(waiter),
    digits(last) .. ' ' .. digits(now) .. ' ' .. digits(lease) .. ' ' .. waiter .. ' ' .. lock)
end

-- Decides who gets the free lock, and returns the new owner, or nil: the first live waiter,
-- else the caller, if it wants the lock. Live is who has a deadline that has not passed. A
-- waiter whom no wake-up would reach keeps its place and is passed over, unless there is
-- none who can be reached: then the head gets the claim all the same, and finds it when it
-- asks again.
local function assign(caller, expire)
  local index, head, head_expire = 0, nil, nil
  while true do
    local waiter = redis.call('ZRANGE', queue, index, index)[1]
    if not waiter then
      break
    end
    local terms = redis.call('HGET', state, 'wait:' .. waiter)
    local deadline, waiter_expire = string.match(terms or '', '^(%d+) (%d+)$')
    if not deadline or tonumber(deadline) < now then
      forget(waiter)
    elseif waiter == caller then
      forget(waiter)
      grant(caller, expire)
      return caller
    elseif reachable(waiter) then
      hand_over(waiter, tonumber(waiter_expire))
      return waiter
    else
      if not head then
        head, head_expire = waiter, tonumber(waiter_expire)
      end
      index = index + 1
    end
  end
  if head then
    hand_over(head, head_expire)
    return head
  end
  if caller then
    grant(caller, expire)
  end
  return caller
end
