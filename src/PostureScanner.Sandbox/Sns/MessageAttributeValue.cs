namespace PostureScanner.Sandbox;

/// <param name="DataType">String, String.Array, Number or Binary (in base 64).</param>
public sealed record MessageAttributeValue(string DataType, string Value);
