-- Takes the lock, or answers who has it and takes a place in the queue.
--
-- ARGV[7]  lease time asked for, in milliseconds
-- ARGV[8]  how long the caller still waits, in milliseconds; 0 if it does not
-- ARGV[9]  how many fencing tokens are to be kept free behind the caller's
-- ahead    whether the caller gets a free lock although others wait
-- Result   GRANTED <fencing token>            the token owns the lock for the lease time;
--                                             also if it did before (a repetition, or a
--                                             hand-over whose wake-up was missed)
--          HELD <time> <remaining> <holder>   another token owns it, for so many
--                                             milliseconds; time is the server's, in
--                                             microseconds. A token that does not wait is
--                                             closed by this answer
--          CLOSED                             the token was closed before
--          FOREIGN                            the lock's key has no time to live: what it
--                                             holds is no lock

local function acquire(ahead)
  local expire, wait, reserve = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])

  local holder = redis.call('GET', lock)
  if holder == token then
    lengthen(lock, expire)
    lengthen(state, expire + retention)
    -- Without the state (evicted), the lock still stands, and gets a new fencing token.
    if last == 0 then
      last = now() + reserve
      redis.call('HSET', state, 'last', digits(last))
      keep(state, expire + retention)
    end
    return 'GRANTED ' .. digits(last - reserve)
  end
  if receipt(sequence) then
    -- By the receipt of a later token it may have been closed unseen.
    if waits then
      forget(token)
    end
    return 'CLOSED'
  end
  if not holder then
    local number
    if ahead then
      -- It may have asked by itself before this command came.
      forget(token)
      number = grant(token, expire, reserve)
    else
      number = assign(token, expire, reserve)
    end
    if number then
      return 'GRANTED ' .. digits(number)
    end
    holder = redis.call('GET', lock)
  end
  local remaining = redis.call('PTTL', lock)
  if remaining == -1 then
    return 'FOREIGN'
  end
  -- The deadline and the lease are fixed at the first time, so that a repetition changes
  -- nothing. Through pcall: with a full memory the caller waits without a place. The place
  -- comes first: a caller without one may get the lock in a way that forgets no terms.
  if wait > 0 then
    if not waits or not redis.call('ZSCORE', queue, token) then
      local tail = redis.call('ZRANGE', queue, -1, -1, 'WITHSCORES')
      local arrival = math.max(now(), (tonumber(tail[2]) or 0) + 1)
      local placed = redis.pcall('ZADD', queue, 'NX', digits(arrival), token)
      if type(placed) == 'number' then
        redis.pcall('HSET', state, 'wait:' .. token,
          digits(now() + wait * 1000) .. ' ' .. digits(expire) .. ' ' .. digits(reserve))
      end
    end
    lengthen(queue, wait + retention)
    lengthen(state, wait + retention)
  else
    -- Nobody cancels an attempt that does not wait: it ends with this answer, and a copy
    -- that comes late must find it so.
    close(sequence, 'RELEASED')
    lengthen(state, retention)
  end
  return 'HELD ' .. digits(now()) .. ' ' .. digits(math.max(remaining, 0)) .. ' ' .. holder
end
