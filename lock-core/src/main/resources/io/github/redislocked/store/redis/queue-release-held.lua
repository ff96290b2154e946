-- The ordinary case of release, before the rest: the caller has the lock, and nobody waits.
-- The receipt's time is that of the last grant, and not worth a look at the clock.

if sequence > highest and highest > 0 and last > 0 and redis.call('GET', lock) == token
  and redis.call('EXISTS', queue) == 0 then
  redis.call('DEL', lock)
  redis.pcall('HSET', state, closed_field, ARGV[2] .. ' RELEASED ' .. fields[1])
  return 'RELEASED'
end
