using NBitcoin;

namespace BlockMesh.Chain;

/// <summary>The outputs that the known blocks have made and not spent. Not safe for concurrent use.</summary>
internal sealed class UnspentOutputs
{
    private readonly Dictionary<OutPoint, UnspentOutput> _outputs = [];

    /// <summary>Finds an output; null when it is spent or unknown.</summary>
    public UnspentOutput? Find(OutPoint point) => _outputs.GetValueOrDefault(point);

    /// <summary>Applies the next block: removes the outputs that it spends and adds those that it makes.</summary>
    public void Apply(Block block, int height)
    {
        if (height == 0)
        {
            // By Bitcoin's rules the output of the genesis block cannot be spent.
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
