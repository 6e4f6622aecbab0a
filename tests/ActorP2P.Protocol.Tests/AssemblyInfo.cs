// A test can observe the release of a pooled buffer only while no other test rents from the same pool.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
