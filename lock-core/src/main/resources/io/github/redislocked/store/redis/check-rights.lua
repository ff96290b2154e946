-- Tries each command that the locks' scripts use, and answers which the user may not run. No
-- call changes anything: the key does not exist, and what could make it is told not to, or is
-- given what Redis refuses, after it has looked at the user's rights.
--
-- KEYS[1]  a key that nobody has
-- ARGV[1]  a channel that nobody has subscribed
-- ARGV[2]  and the following: names of commands, as in a rule of an ACL
-- Result   a line for each that was refused: <name> <what Redis said>

local key, channel = KEYS[1], ARGV[1]

local calls = {
  ['del'] = { 'DEL', key },
  ['exists'] = { 'EXISTS', key },
  ['get'] = { 'GET', key },
  ['hdel'] = { 'HDEL', key, 'field' },
  ['hget'] = { 'HGET', key, 'field' },
  ['hgetall'] = { 'HGETALL', key },
  ['hlen'] = { 'HLEN', key },
  ['hmget'] = { 'HMGET', key, 'field' },
  ['hset'] = { 'HSET', key, 'field', 'value', 'a field without a value' },
  ['pexpire'] = { 'PEXPIRE', key, '1' },
  ['pexpireat'] = { 'PEXPIREAT', key, '1' },
  ['pttl'] = { 'PTTL', key },
  ['publish'] = { 'PUBLISH', channel, 'check' },
  ['pubsub|numsub'] = { 'PUBSUB', 'NUMSUB', channel },
  ['set'] = { 'SET', key, 'value', 'XX', 'PX', '1' },
  ['time'] = { 'TIME' },
  ['zadd'] = { 'ZADD', key, 'no number', 'member' },
  ['zcard'] = { 'ZCARD', key },
  ['zrange'] = { 'ZRANGE', key, '0', '0' },
  ['zrem'] = { 'ZREM', key, 'member' },
  ['zscore'] = { 'ZSCORE', key, 'member' },
}

-- Redis 6 and 7 say it in the first way, Redis 8 and Valkey in the second; the last is said of
-- a command that does not exist, or has been renamed.
local refusals = { 'user executing the script', 'ACL failure', 'NOPERM', 'nknown Redis command' }

local refused = {}
for i = 2, #ARGV do
  local answer = redis.pcall(unpack(calls[ARGV[i]]))
  local said = type(answer) == 'table' and answer.err
  for _, refusal in ipairs(refusals) do
    if said and string.find(said, refusal, 1, true) then
      refused[#refused + 1] = ARGV[i] .. ' ' .. said
      break
    end
  end
end
return table.concat(refused, '\n')
