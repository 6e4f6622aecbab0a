namespace ActorP2P.Protocol;

/// <summary>
/// Deadlines of numbered slots, in a ring of time slices. Adding and removing take constant time, so that a
/// request that is answered costs no timer. A deadline is met up to one <see cref="Slice"/> late, never early.
/// </summary>
internal sealed class DeadlineWheel
{
    /// <summary>The resolution: a hundredth of the shortest timeout that is sensible for a network request.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(10);

    // One lap takes 41 s, longer than the default request timeout. The cursor passes later deadlines more than once.
    private const int Slices = 4096;
    private const int None = -1;

    private readonly int[] _heads = new int[Slices];
    private Node[] _nodes = new Node[16];
    private long _cursor;
    private int _count;

    public DeadlineWheel() => Array.Fill(_heads, None);

    /// <summary>
    /// The first slice that holds a slot, counted from the cursor. It is never later than the first deadline. It is
    /// earlier when the slots in that slice are due on a later lap.
    /// </summary>
    public TimeSpan? NextDeadline
    {
        get
        {
            if (_count == 0)
            {
                return null;
            }

            for (int i = 0; i < Slices; i++)
            {
                if (_heads[(int)((_cursor + i) % Slices)] != None)
                {
                    return Slice * (_cursor + i);
                }
            }

            return Slice * (_cursor + Slices);
        }
    }

    public void Add(int slot, TimeSpan now, TimeSpan deadline)
    {
        if (slot >= _nodes.Length)
        {
            Array.Resize(ref _nodes, Math.Max(slot + 1, 2 * _nodes.Length));
        }

        if (_count++ == 0)
        {
            // The cursor of an idle wheel may lie far behind. It can be moved, because no slot is linked.
            _cursor = Math.Max(_cursor, now.Ticks / Slice.Ticks);
        }

        // Rounded up, because nothing is due before its deadline. Rounded after the division,
        // because "never" is TimeSpan.MaxValue: adding to it would overflow into the past.
        (long slice, long rest) = Math.DivRem(deadline.Ticks, Slice.Ticks);
        Link(slot, Math.Max(_cursor, slice + (rest > 0 ? 1 : 0)));
    }

    public void Remove(int slot)
    {
        ref Node node = ref _nodes[slot];
        if (!node.IsLinked)
        {
            return;
        }

        if (node.Previous == None)
        {
            _heads[(int)(node.Slice % Slices)] = node.Next;
        }
        else
        {
            _nodes[node.Previous].Next = node.Next;
        }

        if (node.Next != None)
        {
            _nodes[node.Next].Previous = node.Previous;
        }

        node.IsLinked = false;
        _count--;
    }

    /// <summary>Takes one slot whose deadline has passed.</summary>
    public bool TryTakeDue(TimeSpan now, out int slot)
    {
        long last = now.Ticks / Slice.Ticks;
        for (; _count > 0 && _cursor <= last; _cursor++)
        {
            for (slot = _heads[(int)(_cursor % Slices)]; slot != None; slot = _nodes[slot].Next)
            {
                if (_nodes[slot].Slice <= last)
                {
                    Remove(slot);
                    return true;
                }
            }
        }

        slot = None;
        return false;
    }

    private void Link(int slot, long slice)
    {
        ref int head = ref _heads[(int)(slice % Slices)];
        _nodes[slot] = new Node { Slice = slice, Next = head, Previous = None, IsLinked = true };
        if (head != None)
        {
            _nodes[head].Previous = slot;
        }

        head = slot;
    }

    private struct Node
    {
        public long Slice;
        public int Next;
        public int Previous;
        public bool IsLinked;
    }
}
