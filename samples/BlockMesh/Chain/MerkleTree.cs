namespace BlockMesh.Chain;

/// <summary>The tree of hashes whose root a header names.</summary>
public static class MerkleTree
{
    /// <summary>Computes the root.</summary>
    /// <param name="leaves">The hashes to cover, at least one. The span is used as working memory and holds nothing afterwards.</param>
    /// <param name="ambiguous">
    /// Whether a list of other length has the same root. A level of odd length pairs its last hash with itself, so that a block
    /// whose tail is repeated hashes to the same root (CVE-2012-2459); two equal siblings betray it.
    /// </param>
    public static Hash256 Root(Span<Hash256> leaves, out bool ambiguous)
    {
        ArgumentOutOfRangeException.ThrowIfZero(leaves.Length, nameof(leaves));
        ambiguous = false;
        int count = leaves.Length;
        while (count > 1)
        {
            int parents = (count + 1) / 2;
            for (int i = 0; i < parents; i++)
            {
                Hash256 left = leaves[2 * i];
                bool paired = (2 * i) + 1 < count;
                Hash256 right = paired ? leaves[(2 * i) + 1] : left;
                ambiguous |= paired && left == right;
                leaves[i] = Hash256.OfPair(left, right);
            }

            count = parents;
        }

        return leaves[0];
    }
}
