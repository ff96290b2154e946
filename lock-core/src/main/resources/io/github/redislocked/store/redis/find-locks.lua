-- Names the locks of either protocol that one server has, from a place on, and says where to
-- go on. It does not look at them: a script that runs long holds up everybody.
--
-- KEYS[1]  a name in a slot of the server that is meant; nobody needs to have it
-- ARGV[1]  the first slots of that server, "<first>-<last>"; "-" at the beginning
-- ARGV[2]  digest of what is walked: who serves which slots, and the pattern; "-" at the
--          beginning
-- ARGV[3]  which run of the server the cursor is from; "-" before the first one
-- ARGV[4]  the cursor of SCAN
-- ARGV[5]  pattern of the locks' names
-- ARGV[6]  how many locks are wanted
-- ARGV[7]  "number" if what holds no whole number is no lock, else "any"
-- ARGV[8]  the slot of KEYS[1] if all locks are in it, else "any"
-- Result   a line that says where to go on, in the order of ARGV[1] to ARGV[4]; END if there
--          is nothing more; CHANGED if that place does not exist, or no longer. Then a line
--          for each lock, a few more than wanted at most, with %25, %0A and %0D in its name
--
-- A cluster's primaries are walked in the order of their first slots, which each of them
-- knows, whatever the client believes: a slot on its way may have led here. A cursor means nothing to another server, nor to the
-- same one after a restart.

local LOOKED_AT = 1000 -- Redis keys
local LONGEST_NUMBER = 11 -- digits, as in getset-common.lua

local info = redis.call('INFO', 'server')
local run = string.sub(string.match(info, 'run_id:(%x+)') or '0', 1, 10)

local primaries, here = {}, nil
local slot = tonumber(ARGV[8])
if string.find(info, '_mode:cluster', 1, true) then
  for line in string.gmatch(redis.call('CLUSTER', 'NODES'), '[^\r\n]+') do
    local id, flags, slots = string.match(line, '^(%x+) %S+ (%S+) %S+ %S+ %S+ %S+ %S+ (.+)$')
    -- "[77->-id]" is a slot on its way, which only the two nodes know of.
    slots = string.gsub(slots or '', ' *%[.-%]', '')
    local primary = nil
    for first, last in string.gmatch(slots, '(%d+)%-?(%d*)') do
      last = last == '' and first or last
      primary = primary or { first = tonumber(first), slots = first .. '-' .. last, text = id .. ' ' .. slots }
      primary.has_all = primary.has_all or (slot and tonumber(first) <= slot and slot <= tonumber(last))
    end
    if primary and (primary.has_all or not slot) then
      primaries[#primaries + 1] = primary
      here = string.find(flags, 'myself', 1, true) and primary or here
    end
  end
  table.sort(primaries, function(one, other) return one.first < other.first end)
else
  here = { slots = '0-16383', text = '' }
  primaries[1] = here
end

local digest = ARGV[5]
for _, primary in ipairs(primaries) do
  digest = digest .. '\n' .. primary.text
end
digest = string.sub(redis.sha1hex(digest), 1, 10)

-- Where the walk goes on after this server.
local function beginning_of(primary)
  return primary and primary.slots .. ' ' .. digest .. ' - 0' or 'END'
end

local following = nil
for i, primary in ipairs(primaries) do
  if primary == here then
    following = primaries[i + 1]
  end
end

if ARGV[1] == '-' then
  if here ~= primaries[1] then
    return slot and 'CHANGED' or beginning_of(primaries[1])
  end
elseif not here or ARGV[1] ~= here.slots or ARGV[2] ~= digest or (ARGV[3] ~= '-' and ARGV[3] ~= run) then
  return 'CHANGED'
end

local cursor, wanted, looked_at, lines = ARGV[4], tonumber(ARGV[6]), 0, { '' }
repeat
  local count = math.min(wanted + 1 - #lines, LOOKED_AT - looked_at)
  local answer = redis.call('SCAN', cursor, 'MATCH', ARGV[5], 'COUNT', count, 'TYPE', 'string')
  cursor = answer[1]
  looked_at = looked_at + math.max(count, 10) -- to ask is work, too
  for _, name in ipairs(answer[2]) do
    local value = ARGV[7] == 'number' and redis.pcall('GETRANGE', name, 0, LONGEST_NUMBER)
    if type(value) == 'table' then
      -- A slot that is just coming: its keys are here, and not yet ours.
      return string.find(value.err, 'non local key', 1, true) and 'CHANGED' or value
    elseif not value or (#value <= LONGEST_NUMBER and string.find(value, '^%d+$')) then
      lines[#lines + 1] = string.gsub(name, '[%%\r\n]', { ['%'] = '%25', ['\r'] = '%0D', ['\n'] = '%0A' })
    end
  end
until cursor == '0' or #lines > wanted or looked_at >= LOOKED_AT

lines[1] = cursor == '0' and beginning_of(following)
  or here.slots .. ' ' .. digest .. ' ' .. run .. ' ' .. cursor
return table.concat(lines, '\n')
