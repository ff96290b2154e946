-- Forgets the last show and puts everything back on the shelf.
-- KEYS[1] events, KEYS[2] shelf; ARGV[1] items
-- Trimmed, not deleted: so the ids go on growing.
redis.call('XTRIM', KEYS[1], 'MAXLEN', '0')
redis.call('DEL', KEYS[2])
redis.call('HSET', KEYS[2], 'stock', ARGV[1], 'sold', '0', 'sentAway', '0', 'refused', '0', 'fence', '0')
redis.call('EXPIRE', KEYS[2], 3600)
return 1
