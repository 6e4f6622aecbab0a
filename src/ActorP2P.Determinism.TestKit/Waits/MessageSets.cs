using Akka.TestKit;

namespace ActorP2P.Determinism.TestKit;

/// <summary>Waits for several messages that may arrive in any order.</summary>
internal sealed class MessageSets(VirtualWaits waits, ITestKitAssertions assertions)
{
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) =>
        Match(messages, waits.RemainingOrDefault, default);

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(
        IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        Match(messages, waits.RemainingOrDefault, cancellationToken);

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages) =>
        Match(messages, waits.RemainingOrDilated(max), default);

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(
        TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        Match(messages, waits.RemainingOrDilated(max), cancellationToken);

    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(params PredicateInfo[] predicates) =>
        Match(predicates, waits.RemainingOrDefault, default);

    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(
        IReadOnlyCollection<PredicateInfo> predicates, CancellationToken cancellationToken = default) =>
        Match(predicates, waits.RemainingOrDefault, cancellationToken);

    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(TimeSpan max,
        params PredicateInfo[] predicates) =>
        Match(predicates, waits.RemainingOrDilated(max), default);

    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(
        TimeSpan max, IReadOnlyCollection<PredicateInfo> predicates, CancellationToken cancellationToken = default) =>
        Match(predicates, waits.RemainingOrDilated(max), cancellationToken);

    private List<T> Match<T>(IReadOnlyCollection<T> messages, TimeSpan max, CancellationToken cancellation) =>
        [.. Match(messages, static (expected, actual) => Equals(expected, actual), max, cancellation).Cast<T>()];

    private List<object> Match(
        IReadOnlyCollection<PredicateInfo> predicates, TimeSpan max, CancellationToken cancellation) =>
        Match(
            predicates,
            static (expected, actual) =>
                expected.Type.IsInstanceOfType(actual) && (bool)expected.PredicateT.DynamicInvoke(actual)!,
            max,
            cancellation);

    /// <summary>Takes as many messages as are expected, and returns them in the order of their arrival.</summary>
    private List<object> Match<T>(
        IReadOnlyCollection<T> expected, Func<T, object, bool> fits, TimeSpan max, CancellationToken cancellation)
    {
        List<T> missing = [.. expected];
        List<object> unexpected = [];
        List<object> got = waits.Series.Take(expected.Count, max, cancellation);
        foreach (object one in got)
        {
            int at = missing.FindIndex(wanted => fits(wanted, one));
            if (at >= 0)
            {
                missing.RemoveAt(at);
            }
            else
            {
                unexpected.Add(one);
            }
        }
        assertions.AssertTrue(
            missing.Count == 0 && unexpected.Count == 0,
            "not found [{0}], found unexpected [{1}]",
            string.Join(", ", missing),
            string.Join(", ", unexpected));
        return got;
    }
}
