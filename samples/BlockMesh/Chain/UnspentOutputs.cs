using NBitcoin;

namespace BlockMesh.Chain;

/// <summary>The outputs that the blocks at hand have made and not spent. Not safe for concurrent use.</summary>
internal sealed class UnspentOutputs
{
    private readonly Dictionary<OutPoint, UnspentOutput> _outputs = [];

    /// <summary>Finds an output; null when it is spent or unknown.</summary>
    public UnspentOutput? Find(OutPoint point) => _outputs.GetValueOrDefault(point);

    /// <summary>Takes the next block: what it spends goes, what it makes comes.</summary>
    public void Apply(Block block, int height)
    {
        if (height == 0)
        {
            // By the rules of Bitcoin the output of the genesis block can never be spent.
            return;
        }

        foreach (Transaction transaction in block.Transactions)
        {
            foreach (TxIn input in transaction.Inputs)
            {
                _outputs.Remove(input.PrevOut);
            }

            foreach (IndexedTxOut output in transaction.Outputs.AsIndexedOutputs())
            {
                _outputs[new OutPoint(transaction, output.N)] = new UnspentOutput(
                    output.TxOut, height, transaction.IsCoinBase);
            }
        }
    }
}
