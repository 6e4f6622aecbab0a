using NBitcoin;

namespace BlockMesh.Chain;

/// <summary>The headers from genesis on. Each was verified when it was appended. Not safe for concurrent use.</summary>
public sealed class HeaderChain(ChainRules rules)
{
    private readonly List<BlockHeader> _headers = [];

    /// <summary>The number of headers, which is also the height of the next one.</summary>
    public int Count => _headers.Count;

    /// <summary>The hash of the last header; zero when there is none.</summary>
    public uint256 TipHash => _headers.Count == 0 ? uint256.Zero : _headers[^1].GetHash();

    /// <summary>The header at a height.</summary>
    public BlockHeader this[int height] => _headers[height];

    /// <summary>Appends a header if it is the next one.</summary>
    public HeaderVerdict Append(BlockHeader header)
    {
        HeaderVerdict verdict = Judge(header);
        if (verdict == HeaderVerdict.Accepted)
        {
            _headers.Add(header);
        }

        return verdict;
    }

    private HeaderVerdict Judge(BlockHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (Count >= rules.MaxHeaders)
        {
            return HeaderVerdict.BeyondRules;
        }

        if (Count == 0 && header.GetHash() != rules.GenesisHash)
        {
            return HeaderVerdict.WrongGenesis;
        }

        if (header.HashPrevBlock != TipHash)
        {
            return HeaderVerdict.WrongParent;
        }

        if (header.Bits != rules.EasiestTarget)
        {
            return HeaderVerdict.WrongTarget;
        }

        return rules.HasWork(header) ? HeaderVerdict.Accepted : HeaderVerdict.InsufficientWork;
    }
}
