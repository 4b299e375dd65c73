{{/* What a schema cannot say, or cannot say well: each mistake names the value and what to do; all of them at once. */}}
{{- define "shipper.checks" -}}
{{- $wrong := list -}}
{{- with .Values -}}
{{- if not .cluster }}{{ $wrong = append $wrong "cluster is missing: the cluster's name in the settings of the environment" }}{{ end -}}
{{- if not .queue.url }}{{ $wrong = append $wrong "queue.url is missing: the FIFO queue of this cluster, an output of the stack" }}{{ end -}}
{{- if not .queue.controlUrl }}{{ $wrong = append $wrong "queue.controlUrl is missing: the control queue of this cluster, an output of the stack" }}{{ end -}}
{{- if hasSuffix ".fifo" .queue.controlUrl }}{{ $wrong = append $wrong "queue.controlUrl is a FIFO queue: that is the one of the shipments; give the output ControlQueueUrl... of the stack" }}{{ end -}}
{{- if not .image.repository }}{{ $wrong = append $wrong "image.repository is missing: build the image of shipper/image and push it to a registry of yours" }}{{ end -}}
{{- if not (or .image.tag .image.digest) }}{{ $wrong = append $wrong "image.tag is missing (or image.digest): name the Calico version of the cluster in it" }}{{ end -}}
{{- $role := has .aws.credentials (list "irsa" "webIdentity") -}}
{{- if and $role (not .aws.roleArn) }}{{ $wrong = append $wrong (printf "aws.roleArn is missing: aws.credentials=%s needs the role of this cluster, an output of the stack" .aws.credentials) }}{{ end -}}
{{- if and (not $role) .aws.roleArn }}{{ $wrong = append $wrong (printf "aws.roleArn is not used with aws.credentials=%s: remove it, or choose irsa or webIdentity" .aws.credentials) }}{{ end -}}
{{- if and (eq .aws.credentials "secret") (not .aws.secretName) }}{{ $wrong = append $wrong "aws.secretName is missing: aws.credentials=secret needs the name of a Secret of this namespace" }}{{ end -}}
{{- if and (ne .aws.credentials "secret") .aws.secretName }}{{ $wrong = append $wrong (printf "aws.secretName is not used with aws.credentials=%s: remove it, or choose secret" .aws.credentials) }}{{ end -}}
{{- $names := list -}}
{{- range $i, $endpoint := .hostEndpoints -}}
{{- if has $endpoint.name $names }}{{ $wrong = append $wrong (printf "hostEndpoints[%d].name %s is there twice: each border has a name of its own" $i $endpoint.name) }}{{ end -}}
{{- $names = append $names $endpoint.name -}}
{{- end -}}
{{- range $i, $env := .extraEnv -}}
{{- if regexMatch "^(CEXTFIRE_.*|FELIX_.*|DATASTORE_TYPE|CALICO_API_GROUP|AWS_(ROLE_ARN|WEB_IDENTITY_TOKEN_FILE|REGION|ENDPOINT_URL_SQS))$" $env.name }}{{ $wrong = append $wrong (printf "extraEnv[%d].name %s is set by the chart or pinned in the image: use the value that stands for it" $i $env.name) }}{{ end -}}
{{- end -}}
{{- if .networkPolicy.enabled -}}
{{- $open := list -}}
{{- range .networkPolicy.apiServer.ports }}{{ $open = append $open (int .) }}{{ end -}}
{{- range (lookup "discovery.k8s.io/v1" "EndpointSlice" "default" "kubernetes").ports -}}
{{- if not (has (int .port) $open) }}{{ $wrong = append $wrong (printf "networkPolicy.apiServer.ports lacks %d, where this cluster's API server is: the pod would not reach it" (int .port)) }}{{ end -}}
{{- end -}}
{{- end -}}
{{- if lookup "v1" "Node" "" .virtualNode }}{{ $wrong = append $wrong (printf "virtualNode %s is a real node of this cluster: Felix would act for it; choose a name that no node has" .virtualNode) }}{{ end -}}
{{- end -}}
{{- if $wrong }}{{ fail (printf "\n\nThe values of cextfire-shipper need %d correction(s):\n- %s\n" (len $wrong) (join "\n- " $wrong)) }}{{ end -}}
{{- end -}}
