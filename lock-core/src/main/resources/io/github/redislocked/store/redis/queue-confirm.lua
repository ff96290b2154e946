-- As renew, but writes in any case: Redis counts the replicas that have what was written by
-- the connection that asks, and the lease may be as long as it is to be already.
--
-- ARGV[7]  time from now, in milliseconds
-- Result   RENEWED    the token owns the lock
--          NOT_OWNED  it does not: the lock was lost

local function confirm()
  local expire = tonumber(ARGV[7])

  if redis.call('GET', lock) ~= token then
    return 'NOT_OWNED'
  end
  redis.call('PEXPIRE', lock, math.max(redis.call('PTTL', lock), expire))
  lengthen(state, expire + retention)
  return 'RENEWED'
end
