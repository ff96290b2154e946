-- What all but the ordinary cases need, above all the one routine that decides who gets a
-- free lock.

-- What the receipt says of a token of the caller's process: RELEASED, LOST or FORCED if it is
-- closed, else nil.
local function receipt(number)
  if number < highest then
    return 'RELEASED'
  end
  return number == highest and highest_outcome or nil
end

local function forget(waiter)
  redis.call('ZREM', queue, waiter)
  redis.call('HDEL', state, 'wait:' .. waiter)
end

-- Drops receipts of processes that have not used the key for the retention time, so that
-- a key that is always in use does not collect one of every process that ever was; and
-- waiters whose time is over, as one may have lost its place with the queue (evicted).
local function prune()
  local all = redis.call('HGETALL', state)
  for i = 1, #all, 2 do
    local closed_at = string.match(all[i], '^closed:') and string.match(all[i + 1], '(%d+)$')
    local deadline = string.match(all[i], '^wait:') and string.match(all[i + 1], '^(%d+)')
    if closed_at and tonumber(closed_at) < now() - retention * 1000 then
      redis.call('HDEL', state, all[i])
    elseif deadline and tonumber(deadline) < now() then
      forget(string.match(all[i], '^wait:(.*)$'))
    end
  end
end

-- Leaves the receipt: from now on the token can own nothing. Through pcall: after a
-- release has happened, a full memory must not turn its answer into an error.
local function close(number, outcome)
  if number <= highest then
    return
  end
  highest, highest_outcome = number, outcome
  local added = redis.pcall('HSET', state, closed_field, digits(number) .. ' ' .. outcome .. ' ' .. digits(now()))
  if added == 1 and redis.call('HLEN', state) > 64 then
    prune()
  end
end

local function lengthen(key, span)
  if redis.call('PTTL', key) < span then
    keep(key, span)
  end
end

-- Leaves the receipt of a token that held the lock. The state lasts long enough already,
-- unless it had been evicted.
local function close_held(number)
  close(number, 'RELEASED')
  if last == 0 then
    keep(state, retention)
  end
end

-- The number is noted before the lock has an owner: where a right is missing for that, an owner
-- that asks again would be given the number of the one before.
local function grant(owner, lease, reserve)
  local number = fence(lease, reserve)
  redis.call('SET', lock, owner, 'PX', lease)
  return number
end

local function channel(waiter)
  return ARGV[5] .. string.match(waiter, '^(.*):%d+$')
end

-- Whether a wake-up would reach the waiter. Where that cannot be told, it is assumed.
local function reachable(waiter)
  if ARGV[6] ~= '1' then
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
  local lease = math.min(tonumber(ARGV[4]), expire)
  forget(waiter)
  local number = grant(waiter, lease, reserve)
  redis.pcall('PUBLISH', channel(waiter),
    digits(number) .. ' ' .. digits(now()) .. ' ' .. digits(lease) .. ' ' .. waiter .. ' ' .. lock)
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
    if not deadline or tonumber(deadline) < now() then
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
  if caller and waits then
    forget(caller)
  end
  return caller and grant(caller, expire, reserve)
end
