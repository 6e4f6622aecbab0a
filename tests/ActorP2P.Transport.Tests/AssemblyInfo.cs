// A test can observe that pooled buffers are returned only while no other test rents from the same pools.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
