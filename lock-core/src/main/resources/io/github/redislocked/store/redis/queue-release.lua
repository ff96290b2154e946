-- Gives the lock up, hands it to the next waiter, and leaves a receipt.
--
-- number   sequence number of the token that gives it up, of the caller's process
-- kept     whether nobody else gets it yet
-- Result   RELEASED   the token owned the lock
--          ALREADY_CLOSED
--                     it had been released before: this is a repetition
--          NOT_OWNED  it did not own the lock: the lock was lost

local function release(number, kept)
  local owner = process .. ':' .. digits(number)
  local holder = redis.call('GET', lock)
  if holder == owner then
    -- Asked before anything is deleted: a queue of another type fails here.
    local waiting = redis.call('ZCARD', queue)
    redis.call('DEL', lock)
    close_held(number)
    if waiting > 0 and not kept then
      assign()
    end
    return 'RELEASED'
  end
  -- A late copy of the acquire may have queued a token that had lost the lock: also one that
  -- is closed by now, by the receipt of a later token.
  forget(owner)
  local outcome = receipt(number)
  if outcome == 'RELEASED' then
    return 'ALREADY_CLOSED'
  end
  if not outcome then
    close(number, 'LOST')
    lengthen(state, retention)
  end
  if not holder and not kept then
    assign()
  end
  return 'NOT_OWNED'
end
