-- Makes the lease last at least so long from now. Never shortens it: PEXPIRE, after a look
-- at what remains, which works at full memory too.
--
-- ARGV[7]  time from now, in milliseconds
-- Result   RENEWED    the token owns the lock
--          NOT_OWNED  it does not: the lock was lost

local function renew()
  local expire = tonumber(ARGV[7])

  if redis.call('GET', lock) ~= token then
    return 'NOT_OWNED'
  end
  lengthen(lock, expire)
  lengthen(state, expire + retention)
  return 'RENEWED'
end
