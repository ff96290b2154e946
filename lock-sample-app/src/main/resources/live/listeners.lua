-- Counts the instances that listen.
-- ARGV[1] channel
return redis.call('PUBSUB', 'NUMSUB', ARGV[1])[2]
