-- Gives the lock up under one token of a process and takes it under its next one, for the
-- next caller of the same process: another process that waits gets it first. After the
-- parts acquire and release.
--
-- ARGV[7], ARGV[8], ARGV[9]  as in acquire, of the caller that takes it
-- ARGV[10]  sequence number of the token that gives it up, the smaller one
-- ARGV[11] 1 if the caller gets the lock although others wait, else 0
-- Result   <result of release> <result of acquire>

local function yield()
  local former = tonumber(ARGV[10])
  -- A caller that has given up meanwhile gets nothing: then others who wait do, at once.
  local ahead = ARGV[11] == '1' and not receipt(sequence)
  local released = release(former, ahead)
  -- Only who gives the lock up with this very command has it to keep.
  return released .. ' ' .. acquire(ahead and released == 'RELEASED')
end
