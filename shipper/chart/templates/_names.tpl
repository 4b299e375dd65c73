{{- define "shipper.name" -}}
{{- /* A Service's name has no dots and begins with a letter; a release's may be otherwise. */ -}}
{{- $name := default .Release.Name .Values.nameOverride | replace "." "-" -}}
{{- regexMatch "^[a-z]" $name | ternary $name (printf "shipper-%s" $name) | trunc 53 | trimSuffix "-" -}}
{{- end -}}

{{- define "shipper.account" -}}
{{- default (include "shipper.name" .) .Values.serviceAccount.name -}}
{{- end -}}

{{- define "shipper.selector" -}}
app.kubernetes.io/name: cextfire-shipper
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end -}}

{{- define "shipper.labels" -}}
{{ include "shipper.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end -}}

{{- define "shipper.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag }}
{{- end -}}
{{- end -}}

{{- define "shipper.calicoVersion" -}}
{{ .Values.calico.apiGroup }}/{{ eq .Values.calico.apiGroup "projectcalico.org" | ternary "v3" "v1" }}
{{- end -}}
