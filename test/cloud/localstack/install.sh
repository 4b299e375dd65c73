#!/bin/sh
# A LocalStack 4.14.0 (the last one without a token) that runs without Docker. usage: install.sh FOLDER PYTHON
# PYTHON is 3.13 or newer; Java 17 and Maven are on the PATH. Takes a minute and 500 MB, once.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
home=$(cd "$1" && pwd)
[ ! -e "$home/ready" ] || exit 0

"$2" -m venv "$home/venv"
"$home/venv/bin/pip" install -q --disable-pip-version-check -r "$here/requirements.txt"
rm -rf "$home/executor"
cp -R "$here/executor" "$home/executor"
"$home/venv/bin/pip" install -q --disable-pip-version-check "$home/executor"

# DynamoDB Local from Maven Central, where LocalStack would look for its own download.
mkdir -p "$home/dynamodb"
cp "$here/dynamodb-pom.xml" "$home/dynamodb/pom.xml"
(cd "$home/dynamodb" && mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib)
lib="$home/fs/var/lib/localstack/lib"
mkdir -p "$lib/dynamodb-local/2" "$lib/java/21/bin"
cp "$home/dynamodb/lib/DynamoDBLocal-2.6.1.jar" "$lib/dynamodb-local/2/DynamoDBLocal.jar"
cat > "$lib/java/21/bin/java" <<X
#!/bin/bash
# LocalStack's call of DynamoDB Local, in terms of the libraries that Maven brought.
vm=(); args=()
while [ \$# -gt 0 ]; do
  case "\$1" in
    -javaagent:*|-Djava.library.path=*) ;;
    -jar) shift ;;
    -X*) vm+=("\$1") ;;
    *) args+=("\$1") ;;
  esac
  shift
done
exec $(command -v java) "\${vm[@]}" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.library.path=$home/dynamodb/lib \\
  -cp "$home/dynamodb/lib/*" com.amazonaws.services.dynamodbv2.local.main.ServerRunner -disableTelemetry "\${args[@]}"
X
chmod +x "$lib/java/21/bin/java"
touch "$home/ready"
