-- Gives up whatever the token has, a place in the queue or the lock, and leaves a receipt.
--
-- Result   RELEASED   the token owned the lock; the next waiter has it now, if there is one
--          ALREADY_CLOSED
--                     it had been closed before: this is a repetition
--          NOT_OWNED  it did not own the lock; a place in the queue is given up

local function cancel()
  local holder = redis.call('GET', lock)
  forget(token)
  if holder == token then
    redis.call('DEL', lock)
    close_held(sequence)
    assign()
    return 'RELEASED'
  end
  local closed = receipt(sequence)
  if not closed then
    close(sequence, 'RELEASED')
    lengthen(state, retention)
  end
  if not holder then
    assign()
  end
  return closed and 'ALREADY_CLOSED' or 'NOT_OWNED'
end
