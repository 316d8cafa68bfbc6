global using Zweizeiler.Testing;

[assembly: AssemblyFixture(typeof(TestServers))]
