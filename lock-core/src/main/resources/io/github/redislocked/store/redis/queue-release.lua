-- Gives the lock up, hands it to the next waiter, and leaves a receipt.
--
-- Result   RELEASED   the token owned the lock
--          ALREADY_CLOSED
--                     it had been released before: this is a repetition
--          NOT_OWNED  it did not own the lock: the lock was lost

local holder = redis.call('GET', lock)
if holder == token then
  -- Asked before anything is deleted: a queue of another type fails here.
  local waiting = redis.call('ZCARD', queue)
  redis.call('DEL', lock)
  close('RELEASED')
  if waiting == 0 or not assign(nil) then
    redis.call('PEXPIRE', state, retention)
  end
  return 'RELEASED'
end
local outcome = receipt()
if outcome == 'RELEASED' then
  return 'ALREADY_CLOSED'
end
-- A late copy of the acquire may have queued a token that had lost the lock.
forget(token)
if not outcome then
  close('LOST')
  lengthen(state, retention)
end
if not holder then
  assign(nil)
end
return 'NOT_OWNED'
