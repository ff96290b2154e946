-- The ordinary case of acquire, before the rest: the lock is free and nobody waits. The caller
-- itself does where the queue was lost (evicted, or over by a clock that was set).

if sequence > highest and not waits and redis.call('EXISTS', lock, queue) == 0 then
  -- The number first, as in grant.
  local number = fence(tonumber(ARGV[7]), tonumber(ARGV[9]))
  redis.call('SET', lock, token, 'PX', ARGV[7])
  return 'GRANTED ' .. digits(number)
end
