namespace ActorP2P.Protocol;

/// <summary>
/// The eight bytes that match a response to its request: the slot in the requester's table, the number of the
/// use of that slot, and a salt that only this link knows. A late, foreign or guessed id matches no request.
/// </summary>
/// <param name="Value">The id as it travels: slot (24 bits), generation (16), salt (24).</param>
internal readonly record struct RequestId(ulong Value)
{
    /// <summary>The most requests that can be open at a time.</summary>
    public const int MaxSlots = 1 << 24;

    internal const uint SaltMask = (1 << 24) - 1;

    internal RequestId(int slot, ushort generation, uint salt)
        : this(((ulong)(uint)slot << 40) | ((ulong)generation << 24) | (salt & SaltMask))
    {
    }

    internal int Slot => (int)(Value >> 40);

    /// <summary>Leaves out the salt: slot and generation are unique among the open requests.</summary>
    public override int GetHashCode() => (int)(Value >> 24);

    /// <summary>16 hexadecimal digits.</summary>
    public override string ToString() => $"{Value:x16}";
}
