-- Takes the lock away from its owner, for the next waiter, and closes the token as one that
-- has lost it: its renewal and its release are answered NOT_OWNED, and a late copy of its
-- acquire is refused.
--
-- KEYS, ARGV  as in queue-head.lua; the token is the owner's, not the caller's
--
-- Result   RELEASED   the token owned the lock; also if it did the first time, and this is a
--                     repetition
--          ALREADY_CLOSED
--                     it had been closed before, by its owner: nothing is done
--          NOT_OWNED  it does not own the lock: nothing is done

local function force_release()
  if redis.call('GET', lock) ~= token then
    local outcome = receipt(sequence)
    if outcome == 'FORCED' then
      return 'RELEASED'
    end
    return outcome and 'ALREADY_CLOSED' or 'NOT_OWNED'
  end
  -- Asked before anything is deleted: a queue of another type fails here.
  redis.call('ZCARD', queue)
  redis.call('DEL', lock)
  close(sequence, 'FORCED')
  lengthen(state, retention)
  assign()
  return 'RELEASED'
end
