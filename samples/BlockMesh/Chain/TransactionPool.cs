using BlockMesh.Storage;
using NBitcoin;

namespace BlockMesh.Chain;

/// <summary>
/// The valid transactions that wait for a block. When it is full it accepts no more. Safe for concurrent use.
/// </summary>
public sealed class TransactionPool
{
    /// <summary>The most transactions that wait.</summary>
    public const int MaxCount = 1_000;

    /// <summary>The most bytes of all transactions that wait.</summary>
    public const int MaxBytes = 5_000_000;

    private readonly Lock _gate = new();
    private readonly ChainStore _chain;
    private readonly ChainRules _rules;
    private readonly Dictionary<uint256, Transaction> _transactions = [];
    private readonly Dictionary<OutPoint, uint256> _spenders = [];
    private int _bytes;

    /// <summary>Makes an empty pool over a chain.</summary>
    public TransactionPool(ChainStore chain, ChainRules rules)
    {
        ArgumentNullException.ThrowIfNull(chain);
        _chain = chain;
        _rules = rules;
        chain.BlockAppended += Remove;
    }

    /// <summary>A snapshot of the ids of the transactions that wait.</summary>
    public IReadOnlyList<uint256> Ids
    {
        get
        {
            lock (_gate)
            {
                return [.. _transactions.Keys];
            }
        }
    }

    /// <summary>
    /// Judges a transaction by its form and by the unspent outputs of the chain, and keeps it if it is valid.
    /// </summary>
    public TransactionVerdict Add(ReadOnlySpan<byte> bytes)
    {
        if (!ChainFormat.TryReadTransaction(bytes, _rules.Network, out Transaction? transaction))
        {
            return TransactionVerdict.Malformed;
        }

        if (transaction.IsCoinBase || transaction.Check() != TransactionCheckResult.Success)
        {
            return TransactionVerdict.BadForm;
        }

        lock (_gate)
        {
            // A block that arrives now is applied after this call and removes the transactions that conflict with it,
            // so no outdated transaction is kept.
            TransactionVerdict verdict = Judge(transaction, bytes.Length);
            if (verdict == TransactionVerdict.Accepted)
            {
                Keep(transaction, bytes.Length);
            }

            return verdict;
        }
    }

    private TransactionVerdict Judge(Transaction transaction, int size)
    {
        if (_transactions.ContainsKey(transaction.GetHash()))
        {
            return TransactionVerdict.Known;
        }

        if (transaction.Inputs.Any(input => _spenders.ContainsKey(input.PrevOut)))
        {
            return TransactionVerdict.DoubleSpend;
        }

        UnspentOutput?[] found = [.. transaction.Inputs.Select(input => _chain.FindUnspent(input.PrevOut))];
        UnspentOutput[] spent = [.. found.OfType<UnspentOutput>()];
        if (spent.Length < found.Length)
        {
            return TransactionVerdict.MissingOutput;
        }

        int height = _chain.BlockCount;
        if (spent.Any(output => output.OfCoinbase
            && height - output.Height < _rules.Network.Consensus.CoinbaseMaturity))
        {
            return TransactionVerdict.ImmatureOutput;
        }

        if (spent.Sum(output => output.Output.Value.Satoshi) < transaction.TotalOut.Satoshi)
        {
            return TransactionVerdict.Overspent;
        }

        if (_transactions.Count >= MaxCount || _bytes + size > MaxBytes)
        {
            return TransactionVerdict.PoolFull;
        }

        // Scripts are checked last because they cost the most.
        TransactionValidator validator = transaction.CreateValidator([.. spent.Select(output => output.Output)]);
        return Array.TrueForAll(validator.ValidateInputs(), result => result.Error is null)
            ? TransactionVerdict.Accepted
            : TransactionVerdict.BadSignature;
    }

    private void Keep(Transaction transaction, int size)
    {
        uint256 id = transaction.GetHash();
        _transactions.Add(id, transaction);
        _bytes += size;
        foreach (TxIn input in transaction.Inputs)
        {
            _spenders.Add(input.PrevOut, id);
        }
    }

    /// <summary>
    /// Removes the transactions that a block contains, and those that became invalid because the block spends their
    /// outputs.
    /// </summary>
    private void Remove(Block block)
    {
        lock (_gate)
        {
            foreach (TxIn input in block.Transactions.SelectMany(transaction => transaction.Inputs))
            {
                if (_spenders.TryGetValue(input.PrevOut, out uint256? id)
                    && _transactions.Remove(id, out Transaction? gone))
                {
                    _bytes -= gone.GetSerializedSize();
                    foreach (TxIn spent in gone.Inputs)
                    {
                        _spenders.Remove(spent.PrevOut);
                    }
                }
            }
        }
    }
}
