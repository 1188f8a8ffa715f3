namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Runs once, before the first event; false ends the function, an exception is reported as an error of its start.</summary>
public delegate Task<bool> LambdaBootstrapInitializer();
