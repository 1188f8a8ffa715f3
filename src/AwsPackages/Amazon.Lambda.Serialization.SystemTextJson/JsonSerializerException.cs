namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>An event that is not what the function takes, or an answer that is no JSON.</summary>
public class JsonSerializerException : Exception
{
    public JsonSerializerException(string message)
        : base(message)
    {
    }

    public JsonSerializerException(string message, Exception exception)
        : base(message, exception)
    {
    }
}
